import { ApiProblem, unreachable } from './problem.ts';
import { problemOf } from './request.ts';

/** Posts a CSV file to the API as it is. @throws ApiProblem for every answer that is not a success, and when there is none. */
export async function sendFile(path: string, file: Blob): Promise<Response> {
  const response = await post(path, file);
  if (!response.ok) throw new ApiProblem(await problemOf(response));
  return response;
}

async function post(path: string, file: Blob): Promise<Response> {
  try {
    return await fetch(`/api/v1${path}`, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'text/csv' },
      body: file,
    });
  } catch (error) {
    throw unreachable(error);
  }
}
