// How the conversation looks and is named. Colours are chosen for contrast (at least 4.5 : 1), fonts are the system's.

const fontFamily =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Arabic", "Noto Sans SC", sans-serif';
/** How Web Chat looks; `narrow` = a window too narrow for buttons side by side, `low` = one that is not high. */
export const styleOptions = (narrow, low) => ({
  accent: '#0a3d7a',
  autoScrollSnapOnPage: true,
  backgroundColor: '#ffffff',
  bubbleBackground: '#f1f4f8',
  bubbleBorderColor: '#c5ccd6',
  bubbleBorderRadius: 8,
  bubbleFromUserBackground: '#0a3d7a',
  bubbleFromUserBorderColor: '#0a3d7a',
  bubbleFromUserBorderRadius: 8,
  bubbleFromUserTextColor: '#ffffff',
  bubbleMaxWidth: 640,
  bubbleTextColor: '#1b1b1b',
  cardPushButtonBackgroundColor: '#0a3d7a',
  hideUploadButton: true,
  markdownRenderHTML: false,
  monospaceFont: 'ui-monospace, monospace',
  primaryFont: fontFamily,
  sendBoxBorderTop: 'solid 1px #767676',
  sendBoxButtonColor: '#0a3d7a',
  sendBoxHeight: 48,
  sendBoxPlaceholderColor: '#595959',
  sendBoxTextWrap: true,
  subtle: '#4a4a4a',
  suggestedActionBorderColor: '#0a3d7a',
  suggestedActionBorderRadius: 8,
  suggestedActionLayout: narrow ? 'stacked' : 'flow',
  suggestedActionTextColor: '#0a3d7a',
  suggestedActionsFlowMaxHeight: low ? 132 : 220,
  suggestedActionsStackedHeight: low ? 132 : 182,
  suggestedActionsStackedLayoutButtonTextWrap: true,
  timestampColor: '#4a4a4a',
});

/** Cards as large as the bubbles, buttons one under the other; everything else as Adaptive Cards has it. */
export const cardOptions = {
  actions: { actionAlignment: 'stretch', actionsOrientation: 'vertical', buttonSpacing: 8, maxActions: 100 },
  fontFamily,
  fontSizes: { small: 14, default: 16, medium: 18, large: 22, extraLarge: 26 },
  supportsInteractivity: true,
  textBlock: { headingLevel: 2 },
};

/** Web Chat names its picture buttons (send) by a title only, which some screen readers and all touch screens leave out. */
export function nameButtons(chat) {
  const name = () => {
    for (const button of chat.querySelectorAll('button[title]'))
      if (button.title && button.getAttribute('aria-label') !== button.title)
        button.setAttribute('aria-label', button.title);
  };
  new MutationObserver(name).observe(chat, { childList: true, subtree: true, attributeFilter: ['title'] });
}
