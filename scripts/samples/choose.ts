import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { softmax } from '../../src/estimators/math/softmax';
import { argmax } from '../../src/estimators/model';
import { prepareImage } from '../../src/image';
import { folderReader } from '../../src/node/engine';
import { type LoadedModel, loadModelFolder } from '../../src/workers/models/load';
import { startBackend } from '../../src/workers/tfjs/backend';
import { CHOSEN_FILE, type Choice, drawScene } from './pictures';
import { SCENES, type Scene } from './scenes';

const DATASET = 'CIFAR-10';
/** Variants of each scene that are looked at. */
const VARIANTS = 24;
/** Variants of each scene that are kept. */
const KEPT = 2;
/** A second variant is one that looks different, as long as the least sure model is about this sure of it. */
const SURE = 0.6;

/** All models for the data set in a folder of model folders. */
async function loadModels(folder: string): Promise<LoadedModel[]> {
  const models: LoadedModel[] = [];
  for (const entry of (await readdir(folder, { withFileTypes: true })).filter((each) => each.isDirectory())) {
    const card = JSON.parse(await readFile(join(folder, entry.name, 'card.json'), 'utf8'));
    if (card.dataset.name === DATASET)
      models.push(await loadModelFolder(entry.name, folderReader(entry.name, folder)));
  }
  return models;
}

interface Variant {
  readonly seed: number;
  readonly x: Float32Array;
  /** Softmax probability of the scene's class by the model that is least sure of it; 0 if one says another class. */
  readonly least: number;
}

async function judge(scene: Scene, seed: number, models: readonly LoadedModel[]): Promise<Variant> {
  const image = drawScene(scene, seed);
  let least = 1;
  let x = new Float32Array();
  for (const { card, model } of models) {
    x = prepareImage(image, card.input).data as Float32Array<ArrayBuffer>;
    const output = tf.tidy(() => model.apply(tf.tensor(x, [1, ...card.input.shape])) as tf.Tensor2D);
    const logits = await output.data();
    output.dispose();
    const wanted = card.labels.indexOf(scene.label);
    const probability = softmax(Float64Array.from(logits))[wanted] ?? 0;
    least = argmax(Float64Array.from(logits)) === wanted ? Math.min(least, probability) : 0;
    if (least === 0) break;
  }
  return { seed, x, least };
}

function difference(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] as number)), 0) / a.length;
}

/** The variant that is recognised best, then one that is as unlike it as possible. */
function pick(variants: readonly Variant[]): Variant[] {
  const kept: Variant[] = [];
  const known = variants.filter(({ least }) => least > 0).sort((a, b) => b.least - a.least);
  const [best, ...others] = known;
  if (best === undefined) return kept;
  kept.push(best);
  const sure = others.filter(({ least }) => least >= SURE);
  while (kept.length < KEPT && sure.length > 0) {
    const apart = (variant: Variant): number => Math.min(...kept.map(({ x }) => difference(x, variant.x)));
    sure.sort((a, b) => apart(b) - apart(a));
    kept.push(sure.shift() as Variant);
  }
  return kept;
}

/** Keeps of each scene the variants that all models of a folder recognise, and says so on stderr. */
export async function choosePictures(folder: string): Promise<void> {
  await startBackend('wasm');
  const models = await loadModels(folder);
  if (models.length === 0) throw new Error(`${folder} holds no model for ${DATASET}.`);
  const pictures: Choice[] = [];
  for (const scene of SCENES) {
    const variants: Variant[] = [];
    for (let seed = 0; seed < VARIANTS; seed++) variants.push(await judge(scene, seed, models));
    const kept = pick(variants);
    pictures.push(...kept.map(({ seed }) => ({ scene: scene.id, seed })));
    const known = variants.filter(({ least }) => least > 0).length;
    const sure = kept.map(({ seed, least }) => `${seed} (${least.toFixed(3)})`).join(', ');
    console.error(`${scene.id}: ${known} of ${VARIANTS} recognised by all; kept ${sure || 'none'}`);
  }
  const recognisedBy = models.map(({ card, sha256 }) => ({ id: card.id, sha256 }));
  await writeFile(CHOSEN_FILE, `${JSON.stringify({ recognisedBy, pictures }, null, 2)}\n`);
}
