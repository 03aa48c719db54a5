/** The entry of a bundle of its own: all of dockerode is behind it, and is loaded when an Engine is first asked. */
export { dockerodeEngine as connect } from './dockerode.js';
