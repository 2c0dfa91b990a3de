import type { CommandSpec } from '../command.ts';

export const INSTALLATION_COMMANDS: readonly CommandSpec[] = [
  {
    words: 'demo',
    works: 'machine',
    summary: 'everything embedded, with a sample provider, on one port',
    options: [{ flags: '--reset', description: 'start afresh: forget what an earlier demo left' }],
    about:
      'Starts a whole installation in the data directory, with a sample database of people who do not exist, and prints where to sign in as whom. Nothing else on the machine is touched. Ctrl+C stops it; what happened in it is kept for the next time.',
    examples: [
      { run: 'demo', says: 'try everything out, at http://localhost:4600' },
      { run: 'demo --reset', says: 'forget what an earlier demo left, and begin again' },
    ],
    see: ['start', 'doctor'],
    load: async () => (await import('./serve.ts')).demo,
  },
  {
    words: 'start',
    works: 'machine',
    summary: 'serve the pages, work, and keep to the schedules',
    options: [
      {
        flags: '--roles <roles>',
        description: 'api, worker, scheduler, separated by commas; all by default',
        completes: ['api', 'worker', 'scheduler'],
      },
    ],
    about:
      'Serves the pages, the console and the API (role api), carries out runs, e-mails and write-backs (worker), and starts runs by their schedules (scheduler). Any number of processes, on any number of machines, may run on one store. SIGTERM finishes or hands back what is under way within 30 seconds.',
    examples: [
      { run: 'start', says: 'everything in one process' },
      { run: 'start --roles worker', says: 'one more worker, beside a process that serves the pages' },
    ],
    see: ['config', 'doctor', 'migrate'],
    load: async () => (await import('./serve.ts')).start,
  },
  {
    words: 'migrate',
    works: 'machine',
    summary: 'bring the store up to date',
    about:
      'Brings the tables of the store to this version. Doing so again changes nothing. With the embedded store it happens by itself.',
    examples: [{ run: 'migrate', says: 'after an upgrade, before the new version starts' }],
    see: ['doctor'],
    load: async () => (await import('./migrate.ts')).migrate,
  },
  {
    words: 'doctor',
    works: 'machine',
    summary: 'look for everything that is wrong',
    about:
      "Looks at Node, the configuration, the store and its key, the queues, the mail server, the clock, the public address, work that waits too long, and every provider's last error, whatever it finds first. Exit code 1 when something is broken; warnings are 0.",
    examples: [
      { run: 'doctor', says: 'what is wrong, and what to do about it' },
      { run: 'doctor --json', says: 'the same for a monitoring system' },
    ],
    see: ['config', 'provider test'],
    load: async () => (await import('./doctor.ts')).doctor,
  },
  {
    words: 'config',
    works: 'machine',
    summary: 'every setting, its value, and where that comes from',
    about:
      'Lists every setting with its value and where that comes from: the environment, the file of TRIBUTARY_CONFIG_FILE, or the default. Secrets are masked.',
    examples: [
      { run: 'config', says: 'what is in force' },
      { run: 'config --json', says: 'the same, one document' },
    ],
    see: ['doctor'],
    load: async () => (await import('./config.ts')).config,
  },
  {
    words: 'completion',
    works: 'nothing',
    args: '<shell>',
    completes: ['bash', 'zsh', 'fish'],
    summary: 'print what lets a shell complete commands, options and names of providers',
    about:
      'The script is made from the command tree and asks nothing but, where a name of a provider is wanted, the installation: only when that is quick, and for three seconds at most. It completes tributary, and any path that ends in it.',
    examples: [
      { run: 'completion bash', says: 'in ~/.bashrc: source <(tributary completion bash)' },
      { run: 'completion zsh', says: 'in ~/.zshrc, after compinit: source <(tributary completion zsh)' },
      {
        run: 'completion fish',
        says: 'once: tributary completion fish > ~/.config/fish/completions/tributary.fish',
      },
    ],
    see: ['config'],
    load: async () => (await import('../completion/print.ts')).print,
  },
];
