import { expect, it } from '@jest/globals';
import { namesOnce, querySchema } from '../../../../connectors/contract/query-schema.ts';
import { proposeQuery } from '../../../../src/domain/providers/propose-query.ts';

const column = (name: string, ...values: (string | null)[]) => ({ name, type: 'text', values });
const NO_FORMATS = { of: () => null, named: () => [] };

it('takes for the key what tells all records apart, by its name where several do', () => {
  const keyOf = (...columns: ReturnType<typeof column>[]) => querySchema(columns).key;
  expect(keyOf(column('mail', 'a', 'b'), column('personId', '1', '2'))).toEqual(['personId']);
  expect(keyOf(column('mail', 'a', 'b'), column('id', '1', '1'))).toEqual(['mail']);
  expect(keyOf(column('paid', 'a', 'b'), column('staff_nr', '1', '2'))).toEqual(['staff_nr']);
  expect(keyOf(column('id', '1', null), column('team', 'x', 'x'))).toEqual([]);
  expect(keyOf(column('id'))).toEqual([]);
});

it('keeps few values, each once, and leaves out names that two columns have', () => {
  const many = Array.from({ length: 50 }, (_, at) => String(at % 30));
  expect(querySchema([column('id', ...many)]).columns[0]?.sample).toHaveLength(20);
  expect(namesOnce(['id', 'mail', 'id'])).toEqual(['mail']);
});

it('is proposed for like a table, and says that its key is a guess', () => {
  const people = [column('id', '1', '2'), column('login', 'ada', 'bob'), column('email', 'a@b.example')];
  const proposal = proposeQuery(querySchema(people), NO_FORMATS);
  expect(proposal).toMatchObject({ table: 'the query', key: ['id'] });
  expect(proposal?.notes.at(-1)).toContain('nothing declares a key of a query: id is taken for it');
  expect(proposal?.fields.map(({ path }) => path)).toEqual(['mapping.email', 'mapping.username']);
  expect(proposeQuery(querySchema([column('total', '1')]), NO_FORMATS)).toBeNull();
});
