import { listed } from '../../text/words.js';
import { formats } from '../../../../schemas/formats.js';
import type { Attribute, ScalarType, Support, Type } from '../../../../schemas/types.js';
import { scalarsOf, type KeyInfo } from '../schema/attributes.js';
import type { Target } from '../target.js';

/** The documentation of a key as Markdown: what it does, its default, its words, and what each tool makes of it. */
export function describeAttribute(attribute: Attribute, target: Target): string {
  const { doc, default: standard, type, support } = attribute;
  const words = choicesOf(type, target).map(({ value, doc: does }) => `- \`${value}\`${does ? `: ${does}` : ''}`);
  return [
    doc,
    standard === undefined ? '' : `Default: \`${standard}\``,
    words.join('\n'),
    `| docker compose | docker stack |\n|:--|:--|\n| ${describeSupport(support.compose, 'compose')} | ${describeSupport(support.stack, 'stack')} |`,
    insteadOf(support[target]) ?? '',
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** One line under a key in a list of completions; undefined where there is nothing to say. */
export function describeShortly({ attribute, support, required }: KeyInfo, target: Target): string | undefined {
  const tool = target === 'stack' ? 'docker stack' : 'docker compose';
  if (support.status === 'deprecated') return 'deprecated';
  if (support.status === 'ignored') return `ignored by ${tool}`;
  if (required) return 'required';
  const own = attribute.support[target];
  // A key that is as old as the one above it needs no mention.
  if (support.status === 'refused' || own.status === 'refused' || own.since !== support.since) return undefined;
  if (support.since === '2.0' || support.since === '3.0') return undefined;
  return `since ${target === 'stack' ? 'format ' : ''}${support.since}`;
}

/** What kind of value a type takes, in words: `text, list or nothing`. */
export function describeType(type: Type, target: Target): string {
  const kinds = new Set(kindsOf(type, target));
  const ordered = [...kinds].sort((a, b) => Number(a === 'nothing') - Number(b === 'nothing'));
  return listed(ordered, 'or') || 'nothing';
}

function insteadOf(support: Support): string | undefined {
  return 'instead' in support ? support.instead : undefined;
}

function describeSupport(support: Support, target: Target): string {
  switch (support.status) {
    case 'refused':
      return 'refused';
    case 'ignored':
      return `ignored${support.how === 'silently' ? ' without a word' : ', with a warning'}`;
    case 'deprecated':
      return `deprecated, since ${sinceOf(support.since, target)}`;
    case 'accepted':
      return `since ${sinceOf(support.since, target)}`;
  }
}

function sinceOf(since: string, target: Target): string {
  if (target === 'compose') return since;
  const format = formats.find(({ version }) => version === since);
  return format ? `format ${since} (Docker ${format.cli})` : `format ${since}`;
}

function choicesOf(type: Type, target: Target): readonly { readonly value: string; readonly doc: string }[] {
  const scalars = scalarsOf(type, target);
  return scalars === 'any' ? [] : scalars.flatMap((it) => (it.kind === 'string' ? (it.choices ?? []) : []));
}

function kindsOf(type: Type, target: Target): readonly string[] {
  switch (type.kind) {
    case 'any':
      return ['anything'];
    case 'union':
      return type.of.flatMap((one) => kindsOf(one, target));
    case 'split': {
      const inner = type[target];
      return inner ? kindsOf(inner, target) : [];
    }
    case 'list':
      return ['list'];
    case 'map':
    case 'object':
      return ['mapping'];
    default:
      return [scalarWord(type)];
  }
}

function scalarWord(type: ScalarType): string {
  switch (type.kind) {
    case 'string':
      return type.format === 'duration' || type.format === 'bytes' ? formatWords[type.format] : 'text';
    case 'integer':
      return 'whole number';
    case 'number':
      return 'number';
    case 'boolean':
      return 'true or false';
    case 'null':
      return 'nothing';
  }
}

const formatWords = { duration: 'duration', bytes: 'size' } as const;
