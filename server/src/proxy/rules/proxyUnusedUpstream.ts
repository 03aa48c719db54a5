import type { CommonRule } from '../rule.js';

export const proxyUnusedUpstream: CommonRule = {
  id: 'proxy-unused-upstream',
  severity: 'hint',
  proxy: 'any',
  docs: {
    summary: 'Something uses each upstream.',
    why: 'An upstream nobody names gets no requests, and still keeps nginx from starting when one of its hosts does not resolve.',
    bad: 'events {}\nhttp {\n  upstream api {\n    server api:8000;\n  }\n  server {\n    listen 80;\n    location / {\n      return 404;\n    }\n  }\n}\n',
    good: 'events {}\nhttp {\n  upstream api {\n    server api:8000;\n  }\n  server {\n    listen 80;\n    location / {\n      proxy_pass http://api;\n    }\n  }\n}\n',
  },
  *check(config, { siblings, complete }) {
    const whole =
      config.kind === 'haproxy' ||
      (config.place === 'm' && config.model.includes.every(({ pattern }) => !/\.d\/|\*/.test(pattern)));
    const models = [config, ...siblings].map((one) => one.model);
    const passes = models.flatMap((model) => model.passes);
    if (!(complete || (whole && siblings.length === 0)) || passes.some((pass) => pass.target.kind === 'unknown'))
      return;
    const used = new Set(
      passes.flatMap(({ target }) =>
        target.kind === 'group' ? [target.name] : target.kind === 'address' ? [target.address.host] : [],
      ),
    );
    const names = new Set([...used].map((name) => name.toLowerCase()));
    for (const group of config.model.groups) {
      if (group.sort === 'listen' || used.has(group.name) || names.has(group.name.toLowerCase())) continue;
      yield { at: group.nameAt, message: `Nothing uses \`${group.name}\`.`, tag: 'unnecessary' };
    }
  },
};
