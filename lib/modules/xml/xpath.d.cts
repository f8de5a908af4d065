/** An expression that has been read. */
export type Parsed = {
  evaluate(options: {
    readonly node: unknown;
    readonly namespaces: Readonly<Record<string, string>>;
  }): { readonly nodes?: unknown[]; toArray?(): unknown[]; toString(): string };
};

/** Reads an expression of XPath 1.0; throws an Error that says what is wrong with it. */
export function parse(expression: string): Parsed;
