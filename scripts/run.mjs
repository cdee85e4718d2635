// `node scripts/run.mjs COMMAND …` is `frontdesk COMMAND …` in a checkout that may be fresh: it sets up first.
import { ensureBuilt, ensureInstalled } from './setup.mjs';

ensureInstalled();
ensureBuilt();
await import('../dist/cli/main.js');
