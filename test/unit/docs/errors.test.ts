import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { CONNECTOR_ERROR_CODES, ConnectorError } from '../../../connectors/contract/errors.ts';

const PAGE = 'docs/reference/errors.md';
const FOLDERS = ['src', 'connectors', 'jobs', 'config'];

/** Names of settings, of the system, of TLS and SMTP libraries, of applications: quoted in the source, and not codes of ours. */
const NOT_OURS =
  /^(?:E[A-Z]+|EAI_AGAIN|ERR_[A-Z]+|NO_COLOR|NODE_ENV|TRIBUTARY_[A-Z_]+|[A-Z]+_URL|ACME_HR_PASSWORD|UNABLE_TO_[A-Z_]+|CERT_[A-Z_]+|DEPTH_ZERO_[A-Z_]+|SELF_SIGNED_[A-Z_]+|HOSTNAME_MISMATCH|HANDSHAKE_[A-Z_]+|PROTOCOL_[A-Z_]+|AUTH_SWITCH_[A-Z_]+|MYSQL_CLEAR_[A-Z_]+|FULL_NODUP|INVALID_(?:CA|PURPOSE)|(?:GREETING|CONNECT)_TIMEOUT|UPDATE_PASSWORD)$/;
/** Ours although they look like those above. */
const OURS = new Set(['EMPTY']);

/** Says that nothing is wrong. */
const NO_FAULT = 'OK';

/** Any quoted name with an underscore is taken for a code, so that a new way to write one is not overlooked. */
const FORMS = [
  /'([A-Z]+(?:_[A-Z]+)+)'/g,
  /\b(?:code|errorCode)(?:: | = )'([A-Z]+)'/g,
  /\bcode = .* \? '([A-Z]+)' : '[A-Z]/g,
];
const NOT_FOUND = /\bmissing\(\s*'([\w-]+)'/g;

async function sources(): Promise<readonly string[]> {
  const entries = await Promise.all(
    FOLDERS.map((folder) => readdir(folder, { recursive: true, withFileTypes: true })),
  );
  const files = entries
    .flat()
    .filter((entry) => entry.isFile() && /\.m?ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  return await Promise.all(files.map((file) => readFile(file, 'utf8')));
}

function codesIn(text: string): readonly string[] {
  const named = FORMS.flatMap((form) => [...text.matchAll(form)].map(([, code = '']) => code));
  const notFound = [...text.matchAll(NOT_FOUND)].map(([, what = '']) => `${what.toUpperCase()}_NOT_FOUND`);
  return [...named, ...notFound].filter(
    (code) => code !== NO_FAULT && (OURS.has(code) || !NOT_OURS.test(code)),
  );
}

interface Row {
  readonly code: string;
  readonly cells: readonly string[];
}

function rowsOf(page: string): readonly Row[] {
  return page.split('\n').flatMap((line) => {
    const [, code] = /^\| `([A-Z][A-Z_-]+)` +\|/.exec(line) ?? [];
    const cells = line.split(' | ').map((cell) => cell.replaceAll(/^\||\|$/g, '').trim());
    return code === undefined ? [] : [{ code, cells }];
  });
}

describe('docs/reference/errors.md', () => {
  let rows: readonly Row[] = [];
  let page = '';
  let raised = new Set<string>();

  beforeAll(async () => {
    page = await readFile(PAGE, 'utf8');
    rows = rowsOf(page);
    raised = new Set([...(await sources()).flatMap(codesIn), ...CONNECTOR_ERROR_CODES]);
  });

  it('has every code of the source', () => {
    const documented = new Set(rows.map(({ code }) => code));
    expect([...raised].filter((code) => !documented.has(code)).toSorted()).toEqual([]);
  });

  it('has no code that the source does not', () => {
    expect(rows.map(({ code }) => code).filter((code) => !raised.has(code))).toEqual([]);
  });

  it('has each of them once', () => {
    const codes = rows.map(({ code }) => code);
    expect(codes.filter((code, at) => codes.indexOf(code) !== at)).toEqual([]);
  });

  it('says of each what it means and what to do', () => {
    const short = rows.filter(({ cells }) => cells.length < 3 || cells.some((cell) => cell === ''));
    expect(short).toEqual([]);
  });

  it('says what Tributary does by itself about each fault of a provider, as the contract has it', () => {
    const does = { retry: 'tries again', resnapshot: 'reads everything anew', operator: 'waits for you' };
    for (const code of CONNECTOR_ERROR_CODES) {
      const [row] = rows.filter((each) => each.code === code);
      expect([code, row?.cells[2]]).toEqual([
        code,
        expect.stringContaining(does[new ConnectorError(code, '').advice.action]),
      ]);
    }
  });
});
