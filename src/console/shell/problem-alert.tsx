import { Alert, List, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { asProblem } from '../api/problem.ts';

/** What went wrong, in the server's words: what, where, and what to do; with the code and the id to ask for help with. */
export function ProblemAlert({
  error,
  title,
}: {
  readonly error: unknown;
  readonly title?: string | undefined;
}): ReactNode {
  if (error === null || error === undefined) return null;
  const { detail, remedy, code, problems, requestId } = asProblem(error);
  return (
    <Alert color="red" role="alert" icon={<IconAlertTriangle aria-hidden />} title={title ?? detail}>
      {title !== undefined && <Text size="sm">{detail}</Text>}
      {problems.length > 0 && (
        <List size="sm" my="xs">
          {problems.map((problem) => (
            <List.Item key={`${problem.path} ${problem.code}`}>
              {problem.path !== '' && <span className="mono">{problem.path} </span>}
              {problem.message}
              {problem.remedy !== '' && <> {problem.remedy}</>}
            </List.Item>
          ))}
        </List>
      )}
      {remedy !== '' && <Text size="sm">{remedy}</Text>}
      <Text size="xs" c="dimmed" mt={4}>
        {code}
        {requestId !== '' && ` · ${requestId}`}
      </Text>
    </Alert>
  );
}
