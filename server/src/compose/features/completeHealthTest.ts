import { parseImage } from '../model/image.js';
import { get, str } from '../model/value.js';
import type { Path } from '../schema/attributes.js';
import { plain, type CompletionItem, type CompletionWorld } from './completionItem.js';
import type { Location } from './locate.js';

/** Whole health checks behind `test:`, the one that comes with the service's image first. */
export function completeHealthTest(world: CompletionWorld, at: Location, slot: Path): readonly CompletionItem[] {
  if (!isTest(slot) || slot.length !== 4 || at.ownLine || at.quote !== '') return [];
  const image = str(get(world.project.services.get(String(slot[1]))?.value, 'image'));
  const name = image === undefined ? undefined : parseImage(image).value?.repository.split('/').at(-1);
  const known = name === undefined ? undefined : byImage[name];
  const item = (label: string, insert: string, detail: string): CompletionItem => ({
    label,
    kind: 'example',
    detail,
    insert,
    replace: at.word,
  });
  return [
    ...(known === undefined ? [] : [item(known, plain(known), `What ${String(name)} has for it`)]),
    item('["CMD", …]', '["CMD", "$0"]', 'A program with its arguments'),
    item('["CMD-SHELL", …]', '["CMD-SHELL", "$0"]', 'A line for the shell of the container'),
    item('["NONE"]', '["NONE"]', 'No check, whatever the image says'),
  ];
}

/** `CMD` and its like are the first word of a test; any other list is as good at each item. */
export function isFirstWord({ source }: CompletionWorld, { word, quote }: Location, slot: Path): boolean {
  if (!isTest(slot) || typeof slot.at(-1) !== 'number') return true;
  const start = word.start - quote.length;
  const before = source.content.slice(Math.max(0, start - farthest), start);
  return /(?:\[|\btest["']?\s*:[^\S\n]*(?:#[^\n]*)?\r?\n\s*(?:-\s*)?)\s*$/.test(before);
}

/** Characters between the key and its first item, with room for a comment. */
const farthest = 300;

function isTest(slot: Path): boolean {
  return slot[2] === 'healthcheck' && slot[3] === 'test';
}

/** By the last part of an image's name: programs that the official images bring along. */
const byImage: Readonly<Record<string, string>> = {
  postgres: '["CMD-SHELL", "pg_isready -U postgres"]',
  pgvector: '["CMD-SHELL", "pg_isready -U postgres"]',
  postgis: '["CMD-SHELL", "pg_isready -U postgres"]',
  redis: '["CMD", "redis-cli", "ping"]',
  valkey: '["CMD", "valkey-cli", "ping"]',
  mysql: '["CMD", "mysqladmin", "ping", "-h", "127.0.0.1"]',
  mariadb: '["CMD", "healthcheck.sh", "--connect", "--innodb_initialized"]',
  rabbitmq: '["CMD", "rabbitmq-diagnostics", "-q", "ping"]',
};
