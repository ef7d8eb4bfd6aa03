import { z } from 'zod';

/** The body of `POST /api/v1/sign-in`. */
export const signInBody = z.strictObject({ email: z.string().trim().pipe(z.email().max(254)) });

/** The body of `POST /api/v1/sessions`. */
export const sessionBody = z.strictObject({ token: z.string().min(1).max(200) });
