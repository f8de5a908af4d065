/** How to become another user on a node. `password` is fed on the prompt, never in argv or environment. */
export type Become = {
  readonly method: 'sudo' | 'su' | 'doas';
  readonly user: string;
  /** Replaces the method's program, for example a full path. */
  readonly exe?: string;
  readonly flags?: string;
  readonly password?: string;
};

/** One word for a become user, so that shells and caches can be told apart; '' is the login user. */
export function becomeKey(become: Become | undefined): string {
  return become === undefined ? '' : [become.method, become.exe, become.user, become.flags].join('|');
}
