import { get, items, members, str, entry, type Value } from '../model/value.js';
import type { ProjectIndex } from '../model/projectIndex.js';
import { removeKey } from './fixes.js';
import { softer } from './grammar.js';
import { refuses } from '../target.js';
import type { Finding, ProjectRule } from './rule.js';

export const buildConflict: ProjectRule = {
  id: 'build-conflict',
  scope: 'project',
  severity: 'error',
  targets: ['compose'],
  docs: {
    summary: 'Settings of a build exclude each other or lead nowhere.',
    why: 'A build has one Dockerfile, its contexts are `NAME=context`, a context `service:NAME` is a service that is built too, an SSH key is `default` or `ID=path`, and the platforms it builds for include the one the service runs on.',
    bad: 'services:\n  web:\n    build:\n      context: .\n      dockerfile: Dockerfile\n      dockerfile_inline: FROM nginx:1.27\n',
    good: 'services:\n  web:\n    build:\n      context: .\n      dockerfile_inline: FROM nginx:1.27\n',
    tool: 'service "web" declares mutualy exclusive dockerfile and dockerfile_inline',
  },
  *check(service, index) {
    const build = get(service.value, 'build');
    if (build?.kind !== 'map') return;
    yield* malformed(build);
    if (!service.active) return;
    yield* twoDockerfiles(build);
    if (index.complete) yield* contexts(build, index);
    yield* platforms(build, get(service.value, 'platform'));
  },
};

function* malformed(build: Value): Iterable<Finding> {
  for (const item of items(get(build, 'additional_contexts'))) {
    if (str(item)?.includes('=') !== false) continue;
    yield {
      at: item.at,
      message: `\`${str(item) ?? ''}\` is no \`NAME=context\`: ${refuses.compose}.`,
      ...softer(item),
    };
  }
  for (const item of items(get(build, 'ssh'))) {
    const key = str(item);
    if (key === undefined || key === 'default' || key.includes('=')) continue;
    yield {
      at: item.at,
      message: `\`${key}\` is no SSH key: write \`default\` or \`ID=path\`; ${refuses.compose}.`,
      ...softer(item),
    };
  }
}

function* twoDockerfiles(build: Value): Iterable<Finding> {
  const inline = entry(build, 'dockerfile_inline');
  const file = entry(build, 'dockerfile');
  if (!inline || !file || !str(inline.value) || !str(file.value)) return;
  yield {
    at: file.keyAt,
    message: `\`dockerfile\` and \`dockerfile_inline\` exclude each other: ${refuses.compose}.`,
    fixes: removeKey(file.keyAt, 'Remove `dockerfile`'),
  };
}

function* contexts(build: Value, index: ProjectIndex): Iterable<Finding> {
  const written = get(build, 'additional_contexts');
  const all = [
    ...Array.from(members(written), ({ value }) => ({ value, text: str(value) ?? '' })),
    ...items(written).map((value) => ({ value, text: (str(value) ?? '').replace(/^[^=]*=/, '') })),
  ];
  for (const { value, text } of all) {
    if (!text.startsWith('service:')) continue;
    const name = text.slice('service:'.length);
    const facts = index.services.get(name);
    if (facts?.hasBuild && facts.active) continue;
    const reason = facts?.active
      ? `Service \`${name}\` is not built, so it is no context`
      : `Service \`${name}\` is not defined or not active`;
    yield { at: value.at, message: `${reason}: ${refuses.compose}.`, ...softer(value) };
  }
}

function* platforms(build: Value, platform: Value | undefined): Iterable<Finding> {
  const list = get(build, 'platforms');
  const own = str(platform);
  if (!platform || !own || items(list).length === 0 || items(list).some((it) => str(it) === own)) return;
  yield {
    at: platform.at,
    message: `\`build.platforms\` does not have the service's platform \`${own}\`: ${refuses.compose}.`,
    ...softer(platform, list),
  };
}
