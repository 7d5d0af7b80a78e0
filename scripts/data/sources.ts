import type { Split } from '../../src/data';

/** A file of an official host. */
export interface Source {
  readonly name: string;
  readonly url: string;
  readonly md5: string;
}

const MNIST = 'https://ossci-datasets.s3.amazonaws.com/mnist/';

const mnist = (name: string, md5: string): Source => ({ name, url: MNIST + name, md5 });

const cifar10: Source = {
  name: 'cifar-10-binary.tar.gz',
  url: 'https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz',
  md5: 'c32a1d4ab5d03f1284b67883e8d87530',
};

/**
 * Where the files of a data set come from, by its id. The MD5 of CIFAR-10 is that of its home page
 * (www.cs.toronto.edu/~kriz/cifar.html), those of MNIST are torchvision's.
 */
export const SOURCES: Readonly<Record<string, Readonly<Record<Split, readonly Source[]>>>> = {
  mnist: {
    test: [
      mnist('t10k-images-idx3-ubyte.gz', '9fb629c4189551a2d022fa330f9573f3'),
      mnist('t10k-labels-idx1-ubyte.gz', 'ec29112dd5afa0611ce80d1b7f02629c'),
    ],
    train: [
      mnist('train-images-idx3-ubyte.gz', 'f68b3c2dcbeaaa9fbdd348bbdeb94873'),
      mnist('train-labels-idx1-ubyte.gz', 'd53e105ee54ea40749a09fcbcd1e9432'),
    ],
  },
  cifar10: { test: [cifar10], train: [cifar10] },
};
