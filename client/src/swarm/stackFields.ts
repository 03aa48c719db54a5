import type { ServiceSpec } from '../engine/swarmSpec.js';
import { specFields } from './specFields.js';
import type { SpecFields } from './specFields.js';
import type { DeployOptions } from './stackArgv.js';

/** A service as it runs, to be compared with what a file asks for. */
export function runningFields(spec: ServiceSpec, networkNames: ReadonlyMap<string, string>): SpecFields {
  const fields = new Map(specFields(spec, networkNames));
  fields.set('image', withoutDigest(imageOf(spec)));
  return shown(fields, spec);
}

/**
 * A service as deploying it would leave it, given how it runs now. Unless the registry is always asked, `docker stack deploy`
 * keeps the image of a service whose file names the same one as when it was deployed last, even where it was updated since.
 */
export function deployedFields(
  spec: ServiceSpec,
  running: ServiceSpec | undefined,
  resolveImage: DeployOptions['resolveImage'],
): SpecFields {
  const fields = new Map(specFields(spec));
  const keeps = resolveImage !== 'always' && running?.Labels?.[imageLabel] === spec.Labels?.[imageLabel];
  const image = keeps && running ? withoutDigest(imageOf(running)) : tagged(imageOf(spec));
  fields.set('image', running && imageOf(running) === image ? withoutDigest(image) : image);
  return shown(fields, spec);
}

/** A field beside `image`: Swarm keeps it as a label. */
export const imageAsWritten = 'image as written';
const imageLabel = 'com.docker.stack.image';

/** What the file calls the image is a label; it is told apart only where it differs from the image that runs. */
function shown(fields: Map<string, string>, spec: ServiceSpec): SpecFields {
  const label = `deploy.labels.${imageLabel}`;
  const said = spec.Labels?.[imageLabel];
  fields.delete(label);
  if (said !== undefined) fields.set(imageAsWritten, said);
  return fields;
}

function imageOf(spec: ServiceSpec): string {
  return spec.TaskTemplate.ContainerSpec?.Image ?? '';
}

function withoutDigest(image: string): string {
  return image.replace(/(?<=:[^/]*)@sha256:.*$/, '');
}

/** As the tool hands it over: without the name of the usual registry, and with a tag. */
function tagged(image: string): string {
  const short = image.replace(/^(?:index\.)?docker\.io\/(?:library\/)?/, '').replace(/^library\//, '');
  return /[:@][^/]*$/.test(short) ? short : `${short}:latest`;
}
