import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A fenced block: its language, the words behind it, its text, and its first line in the document (from 1). */
export type Block = { language: string; words: string[]; text: string; line: number };

/** A document for people: its path in the project, its text, its blocks, and its text without them. */
export type Document = { path: string; text: string; blocks: Block[]; prose: string };

const FENCE = /^```(\w*)[^\S\n]*([^\n]*)\n([\s\S]*?)^```$/gm;

function blocksOf(text: string): Block[] {
  return [...text.matchAll(FENCE)].map((match) => ({
    language: match[1]!,
    words: match[2]!.split(/\s+/).filter(Boolean),
    text: match[3]!,
    line: text.slice(0, match.index).split('\n').length,
  }));
}

/** The documents at the top of the project and in docs/. */
export function documents(root = process.cwd()): Document[] {
  const top = ['README.md', 'ARCHITECTURE.md', 'CHANGELOG.md'];
  const docs = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
  return [...top, ...docs.map((name) => join('docs', name))].map((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    return { path, text, blocks: blocksOf(text), prose: text.replace(FENCE, '') };
  });
}

/** The file that a block is, by its word `file=NAME`. */
export function fileOf(block: Block): string | undefined {
  return block.words.find((word) => word.startsWith('file='))?.slice('file='.length);
}

/** Code in the running text: what stands between single backquotes. */
export function spans({ prose }: Document): string[] {
  return [...prose.matchAll(/`([^`\n]+)`/g)].map((match) => match[1]!);
}

/** The anchors that GitHub gives to a document's headings. */
export function anchors({ prose }: Document): string[] {
  return [...prose.matchAll(/^#+ +(.+)$/gm)].map(([, title]) =>
    title!
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/ /g, '-'),
  );
}
