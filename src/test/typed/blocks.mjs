// The commands of a page, block after block, and what each must answer.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Shell } from './shell.mjs';

export const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');

// What starts or checks the whole, or begins elsewhere, is not pasted here.
const ELSEWHERE = /^\s*(\.\/run|\.\/check)\b/;

export class Blocks {
  #shell;
  #blocks;
  #report;

  // `names` are the variables of the page that have other values here. Pages that go on from each
  // other share a shell.
  constructor(page, report, names, shell = new Shell(root)) {
    this.#shell = shell;
    this.#report = report;
    this.#blocks = [...readFileSync(join(root, page), 'utf8').matchAll(/^```sh\n(.*?)^```$/gms)]
      .map(([, block]) => block)
      .filter((block) => !ELSEWHERE.test(block))
      .map((block) => block.replace(/^(\w+)=.*$/gm, (line, name) =>
        name in names ? `${name}='${names[name]}'` : line));
  }

  // Pastes the next block, which must print all of this.
  async paste(name, ...parts) {
    if (this.#blocks.length === 0) {
      throw new Error(`the page has no block left for: ${name}`);
    }
    return this.#says(name, await this.#shell.paste(this.#blocks.shift()), parts);
  }

  // Pastes the next block, again and again until it prints the first of these instead of the second.
  async pasteUntil(name, wanted, unwanted) {
    const block = this.#blocks[0];
    do {
      await this.#shell.paste(block);
    } while ((await this.#shell.heard(wanted, unwanted)) === unwanted);
    this.#blocks.shift();
    this.#report.ok(name);
  }

  heard(part) {
    return this.#shell.heard(part);
  }

  async close() {
    await this.#shell.close();
    this.done();
  }

  done() {
    this.#says('every block was pasted', this.#blocks.join('\n'), [/^$/]);
  }

  #says(name, text, parts) {
    const isThere = (part) => (part instanceof RegExp ? part.test(text) : text.includes(part));
    const missing = parts.filter((part) => !isThere(part));
    if (missing.length === 0) {
      this.#report.ok(name);
    } else {
      this.#report.fail(name, `no ${missing.join(' and no ')} in: ${text}`);
    }
    return text;
  }
}
