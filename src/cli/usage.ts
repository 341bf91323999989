/** Bad usage or unreadable input: told in one line on stderr, exit status 2. */
export class UsageError extends Error {}
