import { namePattern } from './common.js';
import { attr, format, integer, list, map, nothing, object, string, union } from './types.js';

const binding = object({
  endpoint_var: attr(string, "The environment variable that gets the model's address.", { compose: '2.38' }),
  model_var: attr(string, "The environment variable that gets the model's name.", { compose: '2.38' }),
});

export const serviceModels = union(
  list(format('model'), ['compose']),
  map('a model', union(nothing, binding), { keys: namePattern }),
);

export const models = map(
  'a model',
  object(
    {
      model: attr(string, 'The model to run, such as `ai/smollm2`.', { compose: '2.38' }),
      name: attr(string, 'The name the runner knows it by.', { compose: '2.38' }),
      context_size: attr(integer({ cast: 'never' }), 'The context length in tokens.', { compose: '2.38' }),
      runtime_flags: attr(list(string), 'Options for the inference engine.', { compose: '2.38' }),
    },
    { required: ['model'] },
  ),
);
