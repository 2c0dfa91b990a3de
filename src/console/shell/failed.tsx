import { Button, CopyButton, Group } from '@mantine/core';
import { IconHome, IconReload } from '@tabler/icons-react';
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ApiProblem, asProblem } from '../api/problem.ts';
import { Page } from './page.tsx';
import { ProblemAlert } from './problem-alert.tsx';

/** In place of a screen that broke: what went wrong with its code, and what there is to do. The rest of the console goes on. */
export function Failed({ error, reset }: ErrorComponentProps): ReactNode {
  const router = useRouter();
  const again = async (): Promise<void> => {
    // What broke is not the server's answer but the console: after an upgrade its parts have other names.
    if (!(error instanceof ApiProblem)) {
      window.location.reload();
      return;
    }
    reset();
    await router.invalidate();
  };
  return (
    <Page title="This screen cannot be shown">
      <ProblemAlert error={error} />
      <Group>
        <Button leftSection={<IconReload size={18} aria-hidden />} onClick={() => void again()}>
          Try again
        </Button>
        <Button
          variant="default"
          leftSection={<IconHome size={18} aria-hidden />}
          onClick={() => void router.navigate({ to: '/' })}
        >
          To the overview
        </Button>
        <CopyButton value={detailsOf(error)}>
          {({ copied, copy }) => (
            <Button variant="subtle" onClick={copy}>
              {copied ? 'Copied' : 'Copy the details'}
            </Button>
          )}
        </CopyButton>
      </Group>
    </Page>
  );
}

/** For whoever is asked for help; the server's log has the same id. */
function detailsOf(error: unknown): string {
  const { code, detail, requestId, status } = asProblem(error);
  return JSON.stringify({ code, detail, requestId, status, at: window.location.pathname }, null, 2);
}
