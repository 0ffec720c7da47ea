import { toAscii } from './text/ascii.ts';

/** Colours an uncoloured text without line breaks. */
export type Paint = (text: string) => string;

/** How a human text looks: colours or none, and how wide it may be. */
export interface Style {
  /** Columns. */
  width: number;
  bold: Paint;
  dim: Paint;
  red: Paint;
  green: Paint;
  yellow: Paint;
  blue: Paint;
  cyan: Paint;
  /** Whether there are signs of ASCII only. */
  ascii: boolean;
  /** A whole text, with line breaks and colours, in signs that can be shown. */
  shown: (text: string) => string;
}

export interface StyleOptions {
  /** The command decides: from NO_COLOR, FORCE_COLOR and whether the stream is a terminal. */
  colour: boolean;
  /** Columns of the terminal; texts are between 40 and 160 wide, whatever it is. */
  width: number;
  /** The locale has no Unicode. */
  ascii?: boolean;
}

const NARROWEST = 40;
/** Longer lines are hard to read, however wide the terminal is. */
const WIDEST = 160;

/** The SGR codes (ECMA-48) that switch on and off. */
const CODES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  cyan: [36, 39],
} as const;

export function createStyle({ colour, width, ascii = false }: StyleOptions): Style {
  const paint =
    (name: keyof typeof CODES): Paint =>
    (text) =>
      colour && text !== '' ? `\u001b[${CODES[name][0]}m${text}\u001b[${CODES[name][1]}m` : text;
  return {
    width: Math.min(WIDEST, Math.max(NARROWEST, width)),
    bold: paint('bold'),
    dim: paint('dim'),
    red: paint('red'),
    green: paint('green'),
    yellow: paint('yellow'),
    blue: paint('blue'),
    cyan: paint('cyan'),
    ascii,
    shown: ascii ? toAscii : (text) => text,
  };
}
