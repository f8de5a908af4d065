import { Lexer } from 'yaml';

/** The parts of the package's lexer that carry the rule about indentation; each generator yields one kind of token. */
type Rules = {
  indentNext: number;
  parseQuotedScalar(): Generator<string, unknown>;
  parseFlowCollection(): Generator<string, unknown>;
};

/**
 * A lexer that lets quoted scalars and flow collections go on at any indentation, as PyYAML does and YAML 1.2 does not.
 * Only for texts that the strict lexer refuses, since it has to reach into the package.
 */
export function laxLexer(): Lexer {
  const lexer = new Lexer();
  const rules = lexer as unknown as Rules;
  const unindented = (rule: () => Generator<string, unknown>) =>
    function* (): Generator<string, unknown> {
      const before = rules.indentNext;
      rules.indentNext = 0;
      const next = yield* rule.call(rules);
      rules.indentNext = before;
      return next;
    };
  rules.parseQuotedScalar = unindented(rules.parseQuotedScalar);
  rules.parseFlowCollection = unindented(rules.parseFlowCollection);
  return lexer;
}
