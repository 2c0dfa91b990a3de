/** Names the file of settings; everything else may stand in that file too. */
export const FILE_VARIABLE = 'TRIBUTARY_CONFIG_FILE';

/** One thing wrong with the settings. Never holds the value of a secret. */
export interface ConfigProblem {
  readonly variable: string;
  /** What is wrong, without a full stop. */
  readonly message: string;
  /** A sentence that says what to do. */
  readonly remedy: string;
}

/** Every problem of the settings at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code = 'CONFIGURATION_INVALID';
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[], options?: ErrorOptions) {
    const heading = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    const lines = problems.map(({ variable, message, remedy }) => `  ${variable}: ${message}. ${remedy}`);
    super([`The configuration has ${heading}:`, ...lines].join('\n'), options);
    this.problems = problems;
  }
}
