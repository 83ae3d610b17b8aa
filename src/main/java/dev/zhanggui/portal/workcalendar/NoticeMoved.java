package dev.zhanggui.portal.workcalendar;

/** A notice of the year was proposed, decided or withdrawn; published inside the transaction, for pages that show the year. */
public record NoticeMoved(int year) {}
