import type { NginxRule } from '../rule.js';

export const nginxMissingResolver: NginxRule = {
  id: 'nginx-missing-resolver',
  severity: 'warning',
  proxy: 'nginx',
  docs: {
    summary: 'A name in a variable has a `resolver` to look it up.',
    why: 'With a variable in `proxy_pass`, nginx looks the name up for each request. It starts without a `resolver`, and then answers every request with 502.',
    bad: 'events {}\nhttp {\n  server {\n    location / {\n      set $api api;\n      proxy_pass http://$api:8000;\n    }\n  }\n}\n',
    good: 'events {}\nhttp {\n  resolver 127.0.0.11;\n  server {\n    location / {\n      set $api api;\n      proxy_pass http://$api:8000;\n    }\n  }\n}\n',
    tool: 'no resolver defined to resolve api',
  },
  *check({ model, place, placeKnown }, { complete, siblings }) {
    if (model.resolvers.length > 0 || siblings.some((sibling) => sibling.model.resolvers.length > 0)) return;
    if (!complete && (place !== 'm' || model.includes.length > 0)) return;
    if (!placeKnown && place !== 'm') return;
    const groups = new Set(
      siblings.flatMap((sibling) => sibling.model.groups.map((group) => group.name.toLowerCase())),
    );
    const reported = new Set<number>();
    for (const pass of model.passes) {
      const { target } = pass;
      if (target.kind !== 'address' || target.resolved !== 'runtime' || target.address.sort !== 'name') continue;
      if (groups.has(target.address.host.toLowerCase()) || reported.has(pass.at.start)) continue;
      reported.add(pass.at.start);
      yield {
        at: pass.at,
        message: `nginx looks \`${target.address.host}\` up for each request, and without \`resolver 127.0.0.11;\` it answers every one with 502.`,
      };
    }
  },
};
