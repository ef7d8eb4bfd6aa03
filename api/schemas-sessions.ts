import { z } from 'zod';
import { email } from './schemas-email.ts';

/** The body of `POST /api/v1/sign-in`. */
export const signInBody = z.strictObject({ email });

/** The body of `POST /api/v1/sessions`. */
export const sessionBody = z.strictObject({ token: z.string().min(1).max(200) });
