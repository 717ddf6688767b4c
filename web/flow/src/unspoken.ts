import { html } from "lit";

/** Where not even the words of one language came: both, built in, and a way to try once more. */
export const unspoken = (again: () => void) => html`
  <div class="page">
    <main class="card">
      <div class="stack">
        <h1 tabindex="-1">
          <span lang="en">No connection</span> · <span lang="zh-CN">网络未连接</span>
        </h1>
        <p lang="en">This page could not be loaded. Check your network, then try again.</p>
        <p lang="zh-CN">页面未能加载。请检查网络后重试。</p>
        <div class="actions">
          <button type="button" class="first" @click=${again}>
            <span><span lang="en">Try again</span> · <span lang="zh-CN">重试</span></span>
          </button>
        </div>
      </div>
    </main>
  </div>
`;
