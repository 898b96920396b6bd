import { useLingui } from '@lingui/react/macro'

/** What a module of the server looks after, in the reader's words; its own name where it has none. */
export function useModuleWords(): (module: string) => string {
  const { t } = useLingui()
  const names: Record<string, string> = {
    identity: t`Accounts, sessions and roles`,
    messaging: t`Conversations and messages`,
    org: t`Units and people`,
    sites: t`Sites and policies`,
  }
  return module => names[module] ?? module
}
