/** The password that was just typed to sign in, in memory until it is taken once: it need not be asked for again. */
let typed = ''

export const typedPassword = {
  put(password: string): void {
    typed = password
  },
  take(): string {
    const taken = typed
    typed = ''
    return taken
  },
}
