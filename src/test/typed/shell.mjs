// One shell that takes lines as somebody pastes them, block after block.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { PATIENCE, within } from '../peers/deadline.mjs';

export class Shell {
  #child;
  #text = '';
  #waiting = new Set();
  #pasted = 0;

  constructor(cwd) {
    this.#child = spawn('sh', [], { cwd, stdio: ['pipe', 'pipe', 'pipe'] });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        this.#text += text;
        this.#waiting.forEach((look) => look());
      });
    }
  }

  // Answers what the block printed, once its last command is done.
  async paste(block) {
    this.#text = '';
    const end = `--- ${++this.#pasted} blocks done ---`;
    this.#child.stdin.write(`${block}\nprintf '\\n%s\\n' '${end}'\n`);
    await this.#until(block, () => this.#text.includes(end));
    return this.#text.slice(0, this.#text.indexOf(end));
  }

  // Waits until what was pasted last has printed one of these; answers which.
  async heard(...parts) {
    const find = () => parts.find((part) => this.#text.includes(part));
    await this.#until(parts.join(' or '), find);
    return find();
  }

  async close() {
    const gone = once(this.#child, 'exit');
    this.#child.kill();
    await gone;
  }

  async #until(what, isThere) {
    let look;
    const held = new Promise((resolve) => {
      look = () => isThere() && resolve();
    });
    this.#waiting.add(look);
    look();
    try {
      await within(PATIENCE, what, held);
    } catch (error) {
      throw new Error(`${error.message}; it printed: ${this.#text}`);
    } finally {
      this.#waiting.delete(look);
    }
  }
}
