/** The desk cannot start as it is configured. Its message lists what is wrong and what to write instead. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';

  constructor(
    readonly problems: readonly string[],
    source = 'the environment',
    options?: ErrorOptions,
  ) {
    super(
      `Frontdesk cannot start: ${source} is wrong.\n${problems.map((line) => `  ${line}`).join('\n')}`,
      options,
    );
  }
}
