import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { ReactNode } from 'react';

export interface DownloadMenuProps {
  /** Of the export: `/exports/audit`. */
  readonly path: string;
  /** What the list is narrowed down by. */
  readonly filter?: Readonly<Record<string, string | boolean | undefined>>;
}

/** The list as it is narrowed down, as a file. The server streams it: it may be long. */
export function DownloadMenu({ path, filter = {} }: DownloadMenuProps): ReactNode {
  const given = Object.entries(filter).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  const href = (format: string): string =>
    `/api/v1${path}?${new URLSearchParams([...given, ['format', format]]).toString()}`;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={18} aria-hidden />}>
          Download
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={href('csv')}>
          CSV, for spreadsheets
        </Menu.Item>
        <Menu.Item component="a" href={href('ndjson')}>
          NDJSON, for programs
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
