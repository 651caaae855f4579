</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
