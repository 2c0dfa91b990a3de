import { Readable } from 'node:stream';
import type { FastifySchemaCompiler, FastifySerializerCompiler } from 'fastify/types/schema.js';
import type { z } from 'zod';
import { nearest } from '../../../config/nearest.ts';
import { invalid, type Problem } from '../../kernel/errors.ts';
import { humanPath, toProblems } from '../schemas/problem.ts';
import { describesOnly } from '../schemas/providers.ts';

/** Checks what was sent; every problem at once, with its place and what to do. */
export const validateBySchema: FastifySchemaCompiler<z.ZodType> = ({ schema }) => {
  return (data: unknown) => {
    const unusable = unusableTexts(data, []);
    if (describesOnly.has(schema) && unusable.length === 0) return { value: data };
    const read = schema.safeParse(data ?? undefined, { reportInput: true });
    if (read.success && unusable.length === 0) return { value: read.data };
    const keys = schema instanceof Object && 'shape' in schema ? Object.keys(schema.shape as object) : [];
    const wording = { suggest: nearest, keysAt: (path: string) => (path === '' ? keys : []) };
    const problems = read.success ? [] : toProblems(read.error.issues, wording);
    return {
      error: invalid('REQUEST_INVALID', 'The request is not valid; nothing was done.', [
        ...problems,
        ...unusable,
      ]),
    };
  };
};

/** No text of a person, a name or a key has these, and PostgreSQL stores neither. */
const UNUSABLE = /\0|\p{Surrogate}/u;

function unusableTexts(value: unknown, path: readonly PropertyKey[]): readonly Problem[] {
  if (typeof value === 'string' && UNUSABLE.test(value))
    return [
      {
        path: humanPath(path),
        code: 'TEXT_UNUSABLE',
        message: 'has a NUL or half a character in it',
        remedy: '',
      },
    ];
  if (Array.isArray(value)) return value.flatMap((inner, at) => unusableTexts(inner, [...path, at]));
  if (typeof value !== 'object' || value === null || value instanceof Readable) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    ...(UNUSABLE.test(name) ? unusableTexts(name, path) : []),
    ...unusableTexts(inner, [...path, name]),
  ]);
}

/** Writes an answer as its schema says: what the schema does not name does not leave. */
export const answerBySchema: FastifySerializerCompiler<z.ZodType> = ({ schema }) => {
  return (data) => JSON.stringify(schema.parse(data));
};
