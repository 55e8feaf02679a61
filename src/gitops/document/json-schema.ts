import { z } from 'zod';
import { WRITTEN } from './written.js';

/** The JSON Schema of the definition format, from the same source as the validator. */
export function definitionJsonSchema(): object {
  const schema = z.toJSONSchema(z.union(Object.values(WRITTEN) as unknown as [z.ZodType, z.ZodType]), {
    io: 'input',
  });
  return {
    ...schema,
    title: 'Weir definition',
    description: 'A Workflow, Team, Taxonomy, Policy or Library of Weir.',
  };
}
