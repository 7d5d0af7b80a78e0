/**
 * Points that the pen passes smoothly, as an SVG polyline writes them: `x,y x,y`, in hundredths of a digit's
 * height, x to the right and y down. A corner is where one stroke ends and the next begins.
 */
export type Stroke = string;

/** One digit by one hand, drawn by this project. */
export interface Glyph {
  readonly id: string;
  /** What was meant. */
  readonly label: string;
  readonly title: string;
  /** The other digit that it could be taken for, where it is ambiguous on purpose. */
  readonly lookalike?: string;
  /** The pen's width, as a part of the digit's height. */
  readonly pen: number;
  /** How far the top leans to the right, as a part of its height. */
  readonly slant: number;
  readonly strokes: readonly Stroke[];
}

const CLEAR: readonly Glyph[] = [
  {
    id: 'zero-round',
    label: '0',
    title: 'A round zero',
    pen: 0.15,
    slant: 0,
    strokes: ['42,2 18,11 3,46 12,83 36,98 63,84 74,48 62,15 40,2 30,6'],
  },
  {
    id: 'zero-narrow',
    label: '0',
    title: 'A narrow, slanted zero',
    pen: 0.13,
    slant: 0.25,
    strokes: ['38,6 18,12 5,45 9,84 26,98 45,82 52,42 42,9 27,5'],
  },
  {
    id: 'one-plain',
    label: '1',
    title: 'A one of one stroke',
    pen: 0.14,
    slant: 0.18,
    strokes: ['30,0 31,35 29,70 30,100'],
  },
  {
    id: 'one-upright',
    label: '1',
    title: 'An upright one with a short flag',
    pen: 0.15,
    slant: 0,
    strokes: ['20,20 30,12 39,0', '39,0 38,50 40,100'],
  },
  {
    id: 'one-foot',
    label: '1',
    title: 'A one with a flag and a foot',
    pen: 0.12,
    slant: 0.05,
    strokes: ['14,22 28,13 40,0', '40,0 37,50 38,97', '12,100 38,97 66,95'],
  },
  {
    id: 'two-round',
    label: '2',
    title: 'A round two',
    pen: 0.14,
    slant: 0.05,
    strokes: ['6,25 17,8 38,0 58,11 58,35 42,60 22,80 2,94', '2,94 18,90 42,96 70,95'],
  },
  {
    id: 'two-looped',
    label: '2',
    title: 'A two with a loop',
    pen: 0.11,
    slant: 0.15,
    strokes: ['10,20 28,3 52,7 57,30 42,58 22,84 7,94 2,83 14,74 34,84 56,96 78,90'],
  },
  {
    id: 'three-round',
    label: '3',
    title: 'A round three',
    pen: 0.15,
    slant: 0,
    strokes: ['6,14 26,1 52,6 57,26 43,41 24,46', '24,46 52,50 68,68 58,90 30,100 3,90'],
  },
  {
    id: 'three-flat',
    label: '3',
    title: 'A three with a flat top',
    pen: 0.12,
    slant: 0.08,
    strokes: ['5,8 20,3 38,5 64,1', '64,1 48,21 29,39', '29,39 53,42 67,62 58,87 32,99 4,90'],
  },
  {
    id: 'three-quick',
    label: '3',
    title: 'A quick, slanted three',
    pen: 0.12,
    slant: 0.2,
    strokes: ['10,12 30,0 50,10 48,28 32,42 24,47 30,50 48,54 57,70 46,90 22,98 0,90'],
  },
  {
    id: 'four-open',
    label: '4',
    title: 'An open four',
    pen: 0.14,
    slant: 0.08,
    strokes: ['12,4 8,28 6,50 16,57 40,55 70,52', '60,2 57,40 55,70 54,100'],
  },
  {
    id: 'four-square',
    label: '4',
    title: 'A square, open four',
    pen: 0.14,
    slant: 0,
    strokes: ['10,2 6,25 5,51', '5,51 38,54 78,47', '60,0 57,50 59,100'],
  },
  {
    id: 'four-closed',
    label: '4',
    title: 'A closed four',
    pen: 0.12,
    slant: 0.03,
    strokes: ['52,0 28,34 1,64', '1,64 38,66 78,60', '52,0 50,50 51,100'],
  },
  {
    id: 'five-round',
    label: '5',
    title: 'A five with a round belly',
    pen: 0.14,
    slant: 0.05,
    strokes: ['17,7 14,25 10,44', '10,44 32,37 57,48 63,73 46,94 20,99 1,90', '17,7 38,7 68,1'],
  },
  {
    id: 'five-quick',
    label: '5',
    title: 'A quick, slanted five',
    pen: 0.13,
    slant: 0.25,
    strokes: ['70,3 45,4 24,6 18,14 15,30 18,41 36,46 52,60 52,80 36,96 14,98 2,90'],
  },
  {
    id: 'six-curled',
    label: '6',
    title: 'A curled six',
    pen: 0.14,
    slant: 0.05,
    strokes: ['52,1 28,16 9,46 6,78 22,98 48,95 60,76 47,57 25,59 9,76'],
  },
  {
    id: 'six-tall',
    label: '6',
    title: 'A tall, narrow six',
    pen: 0.12,
    slant: 0.2,
    strokes: ['24,0 14,30 7,62 12,90 30,99 47,89 47,71 32,63 16,71 9,84'],
  },
  {
    id: 'seven-plain',
    label: '7',
    title: 'A plain seven',
    pen: 0.14,
    slant: 0,
    strokes: ['2,10 20,5 42,6 68,2', '68,2 54,32 42,64 35,100'],
  },
  {
    id: 'seven-crossed',
    label: '7',
    title: 'A seven with a bar',
    pen: 0.12,
    slant: 0.05,
    strokes: ['3,8 22,6 44,7 68,2', '68,2 51,36 37,68 30,100', '22,55 42,52 64,47'],
  },
  {
    id: 'seven-hooked',
    label: '7',
    title: 'A seven with a hook',
    pen: 0.15,
    slant: 0.05,
    strokes: ['3,27 4,15 8,7', '8,7 36,8 70,1', '70,1 60,30 50,62 47,100'],
  },
  {
    id: 'eight-quick',
    label: '8',
    title: 'An eight of one line',
    pen: 0.12,
    slant: 0.12,
    strokes: ['58,14 40,2 17,9 15,28 34,45 53,62 57,84 36,98 13,90 10,70 28,51 48,35 60,17 50,5'],
  },
  {
    id: 'eight-stacked',
    label: '8',
    title: 'An eight of two rings',
    pen: 0.14,
    slant: 0,
    strokes: [
      '36,1 16,9 12,27 32,44 56,34 60,14 38,1 30,2',
      '34,45 10,57 5,80 22,98 50,97 66,78 58,56 34,45 28,46',
    ],
  },
  {
    id: 'nine-straight',
    label: '9',
    title: 'A nine with a straight stem',
    pen: 0.14,
    slant: 0.1,
    strokes: ['57,13 36,1 12,10 4,32 18,47 40,41 57,16', '58,10 57,42 53,100'],
  },
  {
    id: 'nine-curved',
    label: '9',
    title: 'A nine with a curved tail',
    pen: 0.14,
    slant: 0,
    strokes: ['58,16 38,1 13,9 6,32 22,48 45,42 58,20', '59,12 61,45 54,80 34,98 10,94'],
  },
];

const AMBIGUOUS: readonly Glyph[] = [
  {
    id: 'zero-or-six',
    label: '0',
    title: 'A zero that ends like a six',
    lookalike: '6',
    pen: 0.13,
    slant: 0.05,
    strokes: ['52,0 26,12 7,44 9,80 28,98 53,91 65,64 57,41 40,31 27,36 19,45'],
  },
  {
    id: 'one-or-seven',
    label: '1',
    title: 'A one with a long flag, nearly a seven',
    lookalike: '7',
    pen: 0.14,
    slant: 0.08,
    strokes: ['16,26 30,17 44,2', '44,2 43,50 42,100'],
  },
  {
    id: 'three-or-eight',
    label: '3',
    title: 'A three that closes like an eight',
    lookalike: '8',
    pen: 0.13,
    slant: 0.05,
    strokes: ['16,30 12,12 32,0 54,8 56,27 42,42 28,46', '28,46 52,52 65,70 55,91 30,100 10,88 12,70'],
  },
  {
    id: 'four-or-nine',
    label: '4',
    title: 'A four that is nearly a nine',
    lookalike: '9',
    pen: 0.13,
    slant: 0.08,
    strokes: ['34,4 16,20 7,40 16,52 38,50 58,44', '58,2 57,50 53,100'],
  },
  {
    id: 'five-or-six',
    label: '5',
    title: 'A five that closes like a six',
    lookalike: '6',
    pen: 0.13,
    slant: 0.1,
    strokes: ['58,2 38,4 22,18 14,46', '14,46 34,42 56,53 59,78 40,97 15,95 4,78 8,63'],
  },
  {
    id: 'seven-or-two',
    label: '7',
    title: 'A seven with a foot, nearly a two',
    lookalike: '2',
    pen: 0.13,
    slant: 0.05,
    strokes: ['5,14 28,4 56,5 60,24 46,56 27,94', '27,94 40,92 55,96'],
  },
];

export const GLYPHS: readonly Glyph[] = [...CLEAR, ...AMBIGUOUS];
