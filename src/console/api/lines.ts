import { ApiProblem } from './problem.ts';
import { problemOf, send, type Asked } from './request.ts';

/**
 * Asks for an answer that comes line by line, and hands on each as it comes.
 *
 * @throws ApiProblem for an answer that is not a success, and when there is none.
 */
export async function askLines(path: string, asked: Asked, hear: (line: unknown) => void): Promise<void> {
  const headers = { accept: 'application/x-ndjson', ...asked.headers };
  const response = await send(path, { ...asked, headers });
  if (!response.ok || response.body === null) throw new ApiProblem(await problemOf(response));
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    text += value ?? '';
    const lines = text.split('\n');
    text = lines.pop() ?? '';
    for (const line of lines) if (line !== '') hear(JSON.parse(line));
    if (done) return;
  }
}
