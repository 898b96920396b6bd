import type { Page, TestInfo } from '@playwright/test'

/** A picture of the page, kept with the report; in a folder of one's choice where SCREENSHOTS names one. */
export async function shoot(page: Page, testInfo: TestInfo, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS
  const path = folder ? `${folder}/${name}.png` : testInfo.outputPath(`${name}.png`)
  await page.screenshot({ path, animations: 'disabled' })
  await testInfo.attach(name, { path, contentType: 'image/png' })
}
