/** Whether the top-level keys are those of Kubernetes, a pipeline, CloudFormation or Haskell's stack, and not of services. */
export function isForeignYaml(text: string): boolean {
  const keys = new Set([...text.matchAll(/^([A-Za-z][\w-]*):(?=\s|$)/gm)].map(([, key]) => key));
  if (keys.has('services') && !keys.has('apiVersion')) return false;
  return foreign.some((all) => all.every((key) => keys.has(key)));
}

const foreign: readonly (readonly string[])[] = [
  ['apiVersion', 'kind'],
  ['on', 'jobs'],
  ['stages'],
  ['resolver'],
  ['snapshot', 'packages'],
  ['AWSTemplateFormatVersion'],
  ['Resources'],
  ['heat_template_version'],
];
