import { css } from "lit";

/** What is round the screens: who asks, in which language, how far one is. */
export const chrome = css`
  :host {
    display: block;
    background: var(--ground);
  }
  .page {
    display: grid;
    grid-template-columns: minmax(0, 36rem);
    grid-template-rows: auto;
    align-content: start;
    justify-content: center;
    min-height: 100dvh;
    padding: 0 0 env(safe-area-inset-bottom);
  }
  .sandbox {
    padding: 0.35rem 1rem;
    background: var(--warn-ground);
    color: var(--warn);
    border-bottom: 2px dashed currentColor;
    font-size: 0.875rem;
    font-weight: 600;
    text-align: center;
  }
  .top {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 0 1rem;
    padding: 0.25rem 1rem;
    min-height: 56px;
  }
  .brand {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    font-weight: 700;
    font-size: 1.05rem;
    overflow-wrap: anywhere;
  }
  .brand img {
    max-height: 36px;
    max-width: 160px;
  }
  .language {
    flex: none;
    margin-inline-end: -0.5rem;
    font-size: 0.92rem;
  }
  .phrase {
    display: flex;
    flex-wrap: wrap;
    gap: 0.1rem 0.5rem;
    margin: 0 1rem 0.6rem;
    padding: 0.5rem 0.9rem;
    border-radius: 10px;
    background: var(--good-ground);
    color: var(--good);
    font-size: 0.92rem;
  }
  header .note {
    margin: 0 1rem 0.6rem;
  }
  .phrase strong {
    overflow-wrap: anywhere;
  }
  .card {
    padding: 1.1rem 1rem 1.5rem;
    background: var(--card);
    border-top: 1px solid var(--line);
    border-bottom: 1px solid var(--line);
  }
  .aside {
    display: block;
    margin-top: 1.25rem;
    padding-top: 0.75rem;
    border-top: 1px solid var(--line);
  }
  .bar {
    display: grid;
    grid-template-columns: 1fr auto;
    align-items: center;
    gap: 0.75rem;
    margin-bottom: 1.1rem;
  }
  .bar progress {
    height: 6px;
  }
  footer {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    align-items: center;
    gap: 0 1rem;
    padding: 0.5rem 1rem 1.5rem;
    color: var(--quiet);
  }
  footer a {
    padding: 0.6rem 0;
  }
  dialog {
    width: min(26rem, calc(100vw - 2rem));
    padding: 1.25rem;
    border: 1px solid var(--line);
    border-radius: 18px;
    background: var(--card);
    color: var(--ink);
  }
  dialog::backdrop {
    background: rgb(8 10 14 / 55%);
  }
  @media (min-width: 40rem) {
    .page {
      align-content: start;
      padding-block: 0 2rem;
    }
    .sandbox {
      border-radius: 0 0 10px 10px;
      border: 2px dashed currentColor;
      border-top: 0;
    }
    .top,
    footer {
      padding-inline: 0.25rem;
    }
    .phrase {
      margin-inline: 0;
    }
    .card {
      padding: 1.75rem 2rem 2rem;
      border: 1px solid var(--line);
      border-radius: 20px;
      box-shadow: 0 12px 40px rgb(15 23 42 / 8%);
    }
  }
`;
