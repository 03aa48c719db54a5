import { undefinedResource } from './undefinedResource.js';

export const undefinedModel = undefinedResource('model', ['compose'], {
  summary: 'A service uses a model that is not declared.',
  why: 'Every model is declared under the top-level `models` with the name it is pulled by.',
  bad: 'services:\n  chat:\n    image: example/chat:1\n    models: [lm]\nmodels:\n  llm: { model: ai/smollm2 }\n',
  good: 'services:\n  chat:\n    image: example/chat:1\n    models: [llm]\nmodels:\n  llm: { model: ai/smollm2 }\n',
  tool: 'service "chat" refers to undefined model lm',
});
