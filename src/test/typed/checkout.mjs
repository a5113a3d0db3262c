// A copy of this checkout with what was built in it, to start from and to change.
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { root } from './blocks.mjs';

const NOT_SOURCE = new Set(['.git', '.data', 'target', 'node_modules']);
const BUILT = ['ROOT.war', 'launcher.classpath', 'classes', 'test-classes', 'built'];
// Big, and only read: the provisioned servers and PostgreSQL's programs.
const SHARED = ['server', 'programs'];

export class Checkout {
  folder = mkdtempSync(join(tmpdir(), 'sallyport-run-'));

  constructor() {
    const isSource = (path) => !NOT_SOURCE.has(basename(path));
    cpSync(root, this.folder, { recursive: true, preserveTimestamps: true, filter: isSource });
    mkdirSync(this.path('target'));
    mkdirSync(this.path('.data'), { mode: 0o700 });
    for (const part of BUILT) {
      const [from, to] = [join(root, 'target', part), this.path('target', part)];
      cpSync(from, to, { recursive: true, preserveTimestamps: true });
    }
    // Copied folders are newer than what was built from them.
    this.countAsBuilt();
    for (const part of SHARED.filter((name) => existsSync(join(root, '.data', name)))) {
      symlinkSync(join(root, '.data', part), this.path('.data', part));
    }
  }

  // What has changed so far is no reason to build again.
  countAsBuilt() {
    const now = new Date();
    utimesSync(this.path('target/built'), now, now);
  }

  path(...parts) {
    return join(this.folder, ...parts);
  }

  remove() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
