import { EngineError } from '../../errors';
import { isObject, type Json } from './json';
import type { Head } from './topology';

/** What to ask of a Graph model. */
export interface GraphPlan {
  /** Name of the node that holds the logits. */
  readonly output: string;
  readonly head: Head;
  /** Names of all nodes, for guesses. */
  readonly names: readonly string[];
}

interface Node {
  readonly name: string;
  readonly op: string;
  readonly input: readonly string[];
}

const nodeName = (reference: string): string => reference.replace(/^\^/, '').replace(/:\d+$/, '');

function nodesOf(topology: Json): Node[] {
  const nodes = Array.isArray(topology.node) ? topology.node.filter(isObject) : [];
  return nodes.map(({ name, op, input }) => ({
    name: String(name),
    op: String(op),
    input: Array.isArray(input) ? input.filter((each) => typeof each === 'string') : [],
  }));
}

/** Output nodes by the signature, else those that nothing else reads. */
function outputNames(nodes: readonly Node[], signature: unknown): string[] {
  const outputs = isObject(signature) && isObject(signature.outputs) ? Object.values(signature.outputs) : [];
  const named = outputs.flatMap((each) =>
    isObject(each) && typeof each.name === 'string' ? [each.name] : [],
  );
  if (named.length > 0) return [...new Set(named.map(nodeName))];
  const read = new Set(nodes.flatMap(({ input }) => input.map(nodeName)));
  const inert = ['Const', 'NoOp', 'Placeholder'];
  return nodes.filter(({ name, op }) => !read.has(name) && !inert.includes(op)).map(({ name }) => name);
}

/**
 * The node of the logits: the model's output, less an identity, softmax or sigmoid at its end.
 * Throws EngineError model_format or model_unsupported.
 */
export function planGraph(topology: Json, signature: unknown): GraphPlan {
  const nodes = nodesOf(topology);
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const outputs = outputNames(nodes, signature);
  const [output] = outputs;
  if (output === undefined || !byName.has(output)) {
    throw new EngineError('model_format', 'The graph in model.json names no output.');
  }
  if (outputs.length > 1) {
    throw new EngineError(
      'model_unsupported',
      `This graph has ${outputs.length} outputs (${outputs.join(', ')}), where a classifier has one; convert it with that one alone.`,
    );
  }
  const names = nodes.map(({ name }) => name);
  const end = behindIdentities(output, byName);
  const heads: Readonly<Record<string, Head>> = { Softmax: 'softmax', Sigmoid: 'sigmoid' };
  const head = heads[end.op] ?? 'none';
  const [before] = end.input;
  if (head === 'none' || before === undefined) return { output, head: 'none', names };
  return { output: nodeName(before), head, names };
}

function behindIdentities(name: string, byName: ReadonlyMap<string, Node>): Node {
  let node = byName.get(name) as Node;
  for (;;) {
    const before = node.op === 'Identity' ? byName.get(nodeName(node.input[0] ?? '')) : undefined;
    if (before === undefined) return node;
    node = before;
  }
}
