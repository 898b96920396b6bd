import { AccountMenu } from './AccountMenu'
import { CreateMenu } from './CreateMenu'
import { QuietSign } from './QuietSign'

/** The menus at the end of the top bar. */
export function Menus() {
  return (
    <>
      <CreateMenu />
      <QuietSign />
      <AccountMenu />
    </>
  )
}
