import type { Dice, Painting } from '../paint';
import * as animals from './animals';
import * as vehicles from './vehicles';

/** A kind of picture, of which the dice make variants. */
export interface Scene {
  readonly id: string;
  /** The class of CIFAR-10 that it is meant as. */
  readonly label: string;
  readonly title: string;
  readonly draw: (dice: Dice) => Painting;
}

export const SCENES: readonly Scene[] = [
  { id: 'airliner', label: 'airplane', title: 'An airliner in the sky', draw: vehicles.airliner },
  { id: 'jet', label: 'airplane', title: 'A jet seen from below', draw: vehicles.jet },
  { id: 'car', label: 'automobile', title: 'A car from the side', draw: vehicles.car },
  { id: 'car-front', label: 'automobile', title: 'A car from the front', draw: vehicles.carFront },
  { id: 'songbird', label: 'bird', title: 'A small bird on a branch', draw: animals.songbird },
  { id: 'wader', label: 'bird', title: 'A bird with long legs', draw: animals.wader },
  { id: 'cat-face', label: 'cat', title: 'The face of a cat', draw: animals.catFace },
  { id: 'cat-sitting', label: 'cat', title: 'A cat that sits', draw: animals.catSitting },
  { id: 'deer', label: 'deer', title: 'A deer', draw: animals.deer },
  { id: 'dog-face', label: 'dog', title: 'The face of a dog', draw: animals.dogFace },
  { id: 'dog-standing', label: 'dog', title: 'A dog that stands', draw: animals.dogStanding },
  { id: 'frog', label: 'frog', title: 'A frog from the front', draw: animals.frog },
  { id: 'frog-side', label: 'frog', title: 'A frog from the side', draw: animals.frogSide },
  { id: 'horse', label: 'horse', title: 'A horse', draw: animals.horse },
  { id: 'freighter', label: 'ship', title: 'A ship at sea', draw: vehicles.freighter },
  { id: 'sailer', label: 'ship', title: 'A sailing boat', draw: vehicles.sailer },
  { id: 'lorry', label: 'truck', title: 'A lorry from the side', draw: vehicles.lorry },
  { id: 'lorry-front', label: 'truck', title: 'A lorry from the front', draw: vehicles.lorryFront },
];
