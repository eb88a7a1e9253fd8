import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LineCounter, parseAllDocuments, parseDocument } from 'yaml';
import type { z } from 'zod';

/** Something wrong in a file that an editor wrote: says which file, where, and what. */
export class ContentError extends Error {
  constructor(
    readonly file: string,
    readonly line: number,
    readonly problem: string,
  ) {
    super(`${file}:${line}: ${problem}`);
    this.name = 'ContentError';
  }
}

/** Parses YAML text and checks it; throws a ContentError with file and line for the first problem. */
export function parseYaml<S extends z.ZodType>(file: string, text: string, schema: S, firstLine = 1): z.output<S> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const at = (offset: number) => lines.linePos(offset).line + firstLine - 1;
  const broken = document.errors[0];
  if (broken) throw new ContentError(file, at(broken.pos[0]), broken.message.split('\n')[0] ?? broken.message);
  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  let path = issue?.path ?? [];
  let node = document.getIn(path, true) as { range?: [number, number, number] } | undefined;
  while (!node?.range && path.length > 0) {
    path = path.slice(0, -1);
    node = document.getIn(path, true) as typeof node;
  }
  throw new ContentError(
    file,
    node?.range ? at(node.range[0]) : firstLine,
    `${issue?.path.join('.')}: ${issue?.message}`,
  );
}

/** Reads and checks one YAML file of `root`. */
export function readYaml<S extends z.ZodType>(root: string, file: string, schema: S): z.output<S> {
  return parseYaml(file, readFileSync(join(root, file), 'utf8'), schema);
}

export type MarkdownFile<T> = { frontMatter: T; sections: Record<string, string> };

/** Reads a Markdown file with YAML front matter and `## name` sections. */
export function readMarkdown<S extends z.ZodType>(root: string, file: string, schema: S): MarkdownFile<z.output<S>> {
  const text = readFileSync(join(root, file), 'utf8').replace(/\r\n/g, '\n');
  const match = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text);
  if (!match) throw new ContentError(file, 1, 'no front matter between two --- lines');
  const frontMatter = parseYaml(file, match[1] ?? '', schema, 2);
  const sections: Record<string, string> = {};
  for (const part of (match[2] ?? '').split(/^## /m).slice(1)) {
    const end = part.indexOf('\n');
    const name = (end < 0 ? part : part.slice(0, end)).trim();
    if (sections[name] !== undefined) throw new ContentError(file, 1, `section "${name}" stands twice`);
    sections[name] = end < 0 ? '' : part.slice(end + 1).trim();
  }
  return { frontMatter, sections };
}

/** Reads a JSON file; throws a ContentError when it is not JSON. */
export function readJson(root: string, file: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')) as Record<string, unknown>;
  } catch (error) {
    throw new ContentError(file, 1, error instanceof Error ? error.message : String(error));
  }
}

/** Names of the entries of a directory, sorted; empty when it does not exist. */
export function list(root: string, directory: string): string[] {
  const path = join(root, directory);
  return existsSync(path) ? readdirSync(path).sort() : [];
}

/** Parses a text of one or several YAML documents, each checked against the schema. */
export function readYamlText<S extends z.ZodType>(file: string, text: string, schema: S): z.output<S>[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines });
  if (!Array.isArray(documents)) throw new ContentError(file, 1, 'the file is empty');
  return documents.map((document) => {
    const start = lines.linePos(document.range[0]).line;
    const broken = document.errors[0];
    if (broken) throw new ContentError(file, lines.linePos(broken.pos[0]).line, broken.message.split('\n')[0] ?? '');
    const parsed = schema.safeParse(document.toJS());
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    throw new ContentError(file, start, `${issue?.path.join('.')}: ${issue?.message}`);
  });
}
