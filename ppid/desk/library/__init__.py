"""The SOP library and the working calendar, as officers keep them."""
