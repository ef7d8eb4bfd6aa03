import { z } from 'zod';
import { type AddressFault, addressFault, plainAddress } from '../domain/email-address.ts';

const FAULTS: Record<AddressFault, string> = {
  invalid_format: 'must be an e-mail address such as ana@example.com',
  too_big: 'must have at most 254 characters',
  local_part_not_ascii: 'must have only letters without accents before the @',
};

/** An e-mail address, in the one spelling that is stored. */
export const email = z
  .string()
  .trim()
  .overwrite(plainAddress)
  .superRefine((address, context) => {
    const fault = addressFault(address);
    if (fault) context.addIssue({ code: 'custom', params: { code: fault }, message: FAULTS[fault] });
  });
