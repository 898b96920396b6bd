/** What a newcomer needs, to be passed on: in both languages, for nobody knows yet which one they read. */
export function handOverText(address: string, login: string, password: string): string {
  return [
    `比邻：${address}`,
    `登录名：${login}`,
    `初始密码：${password}`,
    '首次登录时，请设置你自己的密码。',
    '',
    `Bilin: ${address}`,
    `Login: ${login}`,
    `First password: ${password}`,
    'When you first sign in, you choose a password of your own.',
  ].join('\n')
}
