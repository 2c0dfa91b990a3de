import type { FastifySchemaCompiler, FastifySerializerCompiler } from 'fastify/types/schema.js';
import type { z } from 'zod';
import { nearest } from '../../../config/nearest.ts';
import { invalid } from '../../kernel/errors.ts';
import { toProblems } from '../schemas/problem.ts';

/** Checks what was sent; every problem at once, with its place and what to do. */
export const validateBySchema: FastifySchemaCompiler<z.ZodType> = ({ schema }) => {
  return (data: unknown) => {
    const read = schema.safeParse(data ?? undefined, { reportInput: true });
    if (read.success) return { value: read.data };
    const keys = schema instanceof Object && 'shape' in schema ? Object.keys(schema.shape as object) : [];
    const problems = toProblems(read.error.issues, {
      suggest: nearest,
      keysAt: (path) => (path === '' ? keys : []),
    });
    return { error: invalid('REQUEST_INVALID', 'The request is not valid; nothing was done.', problems) };
  };
};

/** Writes an answer as its schema says: what the schema does not name does not leave. */
export const answerBySchema: FastifySerializerCompiler<z.ZodType> = ({ schema }) => {
  return (data) => JSON.stringify(schema.parse(data));
};
