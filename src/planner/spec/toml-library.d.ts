// The parser and compiler inside `toml`, which publishes neither of them. Checked against toml 5.0.1.

declare module 'toml/lib/parser.js' {
  export type TomlNode =
    | { type: 'Assign'; key: string[]; value: ValueNode; offset: number }
    | { type: 'ObjectPath' | 'ArrayPath'; value: string[]; offset: number };

  export type ValueNode =
    | { type: 'Array'; value: ValueNode[]; offset: number }
    | { type: 'InlineTable'; value: InlineEntry[]; offset: number }
    | { type: 'String' | 'Integer' | 'Float' | 'Boolean'; value: unknown; offset: number }
    | { type: 'Date' | 'LocalDateTime' | 'LocalDate' | 'LocalTime'; value: unknown; offset: number };

  export interface InlineEntry {
    type: 'InlineTableValue';
    key: string[];
    value: ValueNode;
    offset: number;
  }

  export type Expectation =
    | { type: 'literal'; text: string }
    | { type: 'class'; parts: (string | [string, string])[]; inverted: boolean }
    | { type: 'any' | 'end' }
    | { type: 'other'; description: string };

  export interface PegSyntaxError extends SyntaxError {
    expected: Expectation[];
    location: { start: { offset: number } };
  }

  const parser: {
    parse(text: string): TomlNode[];
    SyntaxError: new (message: string) => PegSyntaxError;
  };
  export default parser;
}

declare module 'toml/lib/compiler.js' {
  import type { TomlNode } from 'toml/lib/parser.js';

  const compiler: { compile(nodes: TomlNode[], text: string, options: object): unknown };
  export default compiler;
}
