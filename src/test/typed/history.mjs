// The version before this one: the last commit whose schema is a part of today's.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './blocks.mjs';

const git = (...words) => execFileSync('git', words, {
  cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

// The change files of a commit, as [path, hash of the content].
function schema(commit) {
  return git('ls-tree', commit, 'liquibase/')
    .split('\n')
    .filter((line) => line.endsWith('.sql'))
    .map((line) => line.split(/\s+/))
    .map(([, , hash, path]) => [path, hash]);
}

// A change set that was mended before anybody had it makes two versions no neighbours.
export function olderCommit() {
  try {
    const today = new Map(schema('HEAD'));
    const isPart = (older) => older.length < today.size
      && older.every(([path, hash]) => today.get(path) === hash);
    for (const commit of git('log', '--format=%H', '--', 'liquibase').split('\n').filter(Boolean)) {
      const before = git('rev-parse', `${commit}^`).trim();
      if (isPart(schema(before))) {
        return before;
      }
    }
  } catch {
    // No clone, or one that ends too early.
  }
  throw new Error('Two neighbouring versions need the history, and this clone has none that reaches'
    + ' back to another schema: git fetch --unshallow, or clone it whole.');
}

// That version's files. Servers and PostgreSQL's programs are taken from here as far as they fit.
export function checkOut(commit, folder) {
  git('worktree', 'add', '--detach', folder, commit);
  mkdirSync(join(folder, '.data/server'), { recursive: true, mode: 0o700 });
  for (const name of readdirSync(join(root, '.data/server'))) {
    symlinkSync(join(root, '.data/server', name), join(folder, '.data/server', name));
  }
}

export function remove(folder) {
  git('worktree', 'remove', '--force', folder);
}
