import { z } from 'zod';

/** A telephone number as programs write it: ITU-T E.164, a plus sign and up to fifteen digits. */
export const e164 = z.string().regex(/^\+[1-9]\d{6,14}$/, 'give the number in E.164, such as +441632960000');
