import { orgFileSchema } from './orgFile.js';

/** The JSON schema of `*.org.json` (draft 7), made of the readers that check such a file: hover, completion, validation. */
export const orgSchema = (): object => ({
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Call Doctor sandbox org',
  description: 'An org of the sandbox: call-doctor sandbox --org FILE. Things name each other by name or by id.',
  ...orgFileSchema,
});
